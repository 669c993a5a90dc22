"""Turn public question answering data into training examples.

    python -m training.data.prepare DATA_FOLDER LITERATURE_FOLDER MINILM_FOLDER WORK_FOLDER

Writes ``WORK_FOLDER/examples.jsonl`` and, beside this file, ``folds.json``.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from index.encoder import SentenceEncoder
from training.data.cut import WindowMaker
from training.data.examples import Example, write_examples
from training.data.from_pages import medquad_examples, pubmedqa_examples
from training.data.from_papers import covid_examples, squad_examples
from training.data.from_sentences import (
    clapnq_examples,
    evidence_inference_examples,
    selqa_examples,
)
from training.data.sources import Source, read_covid_qa, read_squad
from training.settings import load_config

HERE = Path(__file__).parent
log = logging.getLogger("training.data.prepare")


def make_folds(
    papers: Sequence[Source], articles: Sequence[str], settings: dict[str, Any], seed: int
) -> dict[str, dict[str, int]]:
    """Distribute papers and articles over folds, each with papers of many and of few questions."""
    draw = random.Random(seed)
    n_folds = settings["folds"]
    by_size = sorted(papers, key=lambda paper: (-len(paper.questions), paper.source_id))
    folds: dict[str, int] = {}
    for first in range(0, len(by_size), n_folds):
        order = draw.sample(range(n_folds), n_folds)
        dealt = zip(by_size[first : first + n_folds], order, strict=False)
        folds.update({paper.source_id: fold for paper, fold in dealt})
    kept_out = draw.sample(sorted(articles), n_folds * settings["squad_articles_per_fold"])
    return {
        "covid_qa": folds,
        "squad2": {name: number % n_folds for number, name in enumerate(kept_out)},
    }


def main() -> None:
    """Write the examples file and the folds."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder of the public data sets")
    parser.add_argument("literature", type=Path, help="folder of articles.tar.xz")
    parser.add_argument("minilm", type=Path, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("work", type=Path, help="folder to write examples.jsonl to")
    parser.add_argument(
        "--config", type=Path, action="append", default=[], help="changes to config.toml"
    )
    arguments = parser.parse_args()
    config = load_config(arguments.config)
    settings, seed = config["prepare"], config["seed"]

    papers, articles = read_covid_qa(arguments.data), read_squad(arguments.data)
    folds = make_folds(papers, list(articles), settings, seed)
    (HERE / "folds.json").write_text(json.dumps(folds, indent=1) + "\n", encoding="utf-8")
    tokenizer = Tokenizer.from_file(str(arguments.minilm / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    maker = WindowMaker(tokenizer, settings, seed)
    encoder = SentenceEncoder(arguments.minilm)

    examples: list[Example] = []
    examples += covid_examples(papers, folds["covid_qa"], maker, encoder, settings)
    log.info("covid_qa: %d examples", len(examples))
    examples += squad_examples(articles, folds["squad2"], maker, settings)
    log.info("with squad2: %d examples", len(examples))
    examples += medquad_examples(arguments.data, maker, settings)
    log.info("with medquad: %d examples", len(examples))
    examples += pubmedqa_examples(arguments.data, maker, settings)
    log.info("with pubmedqa: %d examples", len(examples))
    examples += selqa_examples(arguments.data, maker, settings)
    examples += clapnq_examples(arguments.data, maker, settings)
    log.info("with selqa and clapnq: %d examples", len(examples))
    examples += evidence_inference_examples(arguments.data, arguments.literature, maker, settings)
    arguments.work.mkdir(parents=True, exist_ok=True)
    count = write_examples(arguments.work / "examples.jsonl", examples)
    log.info("wrote %d examples", count)


if __name__ == "__main__":
    main()
