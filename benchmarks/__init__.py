"""How fast it is; importing it sets, before the libraries are there, what a server sets too."""

from ui.process import prepare

prepare()
