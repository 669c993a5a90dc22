"""The page's and the component's scripts, styles and pictures, and the citation styles."""

from pathlib import Path

ASSETS = Path(__file__).parent
