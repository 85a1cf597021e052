"""Operations on tensors, a family a file."""
