"""How the reader was made; importing it sets, before torch is there, that all cores compute."""

from ingest.drafting.processor import cores
from ui.process import prepare

prepare(threads=cores())
