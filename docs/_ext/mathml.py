"""Formulas as MathML, written at build: browsers draw it themselves, so no script is loaded."""

import html

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.writers.html5 import HTML5Translator


def mathml(node: nodes.Element, display: str) -> str:
    """One formula, with its LaTeX kept as alternative text."""
    latex = node.astext().strip()
    try:
        formula = convert(latex, display=display)
    except Exception as error:  # latex2mathml has no common base class for what it cannot read
        raise ExtensionError(
            f"{node.source}:{node.line}: cannot read ${latex}$: {error!r}"
        ) from error
    return formula.replace("<math ", f'<math alttext="{html.escape(latex)}" ', 1)


def visit_inline(translator: HTML5Translator, node: nodes.math) -> None:
    translator.body.append(mathml(node, "inline"))
    raise nodes.SkipNode


def visit_block(translator: HTML5Translator, node: nodes.math_block) -> None:
    translator.body.append(f'<div class="math">{mathml(node, "block")}</div>\n')
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_html_math_renderer("mathml", (visit_inline, None), (visit_block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
