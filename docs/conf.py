"""The site: MyST pages, the furo theme, and nothing that needs the network to build or to read."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE / "_ext"), str(HERE.parent)]

from scratch import __version__  # noqa: E402  (found through the line above)

project = "Side by side"
author = "Side by side contributors"
copyright = f"2026, {author}"
version = release = __version__

extensions = [
    "myst_parser",
    "sphinx_design",
    "sphinx_copybutton",
    "mathml",
    "sidebyside",
    "gradients",
    "results",
    "mistakes",
]
myst_enable_extensions = ["dollarmath", "colon_fence", "deflist"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]
nitpicky = True

html_theme = "furo"
html_title = "Side by side"
html_static_path = ["_static"]
html_css_files = ["sidebyside.css"]
html_math_renderer = "mathml"
pygments_style = "friendly"
pygments_dark_style = "monokai"
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True
