"""How the reader was made; importing it sets, before torch is there, that all cores compute."""

from ui.process import cores, prepare

prepare(threads=cores())
