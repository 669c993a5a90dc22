"""A library in memory: each document has one passage, and what is asked of an index can be asked."""

from itertools import accumulate

from tests.toys import ToyEncoder


class ToyLibrary:
    def __init__(self, *documents):
        self.documents = {document.doc_id: document for document in documents}
        self._ids = list(self.documents)
        sentences = [sentence for document in documents for sentence in document.sentences]
        self.sentence_vectors = ToyEncoder().encode([sentence.text for sentence in sentences])
        self._ends = list(accumulate(len(document.sentences) for document in documents))

    def doc_id_of(self, passage):
        return self._ids[passage]

    def passages_of(self, doc_id):
        row = self._ids.index(doc_id)
        return range(row, row + 1)

    def sentences_of(self, passage):
        document = self.documents[self._ids[passage]]
        return range(self._ends[passage] - len(document.sentences), self._ends[passage])

    def passage_of(self, sentence):
        return next(row for row, end in enumerate(self._ends) if sentence < end)

    def cosines(self, vector, passages):
        firsts = {row: self.sentence_vectors[self.sentences_of(row).start] for row in passages}
        return {row: float(first @ vector) for row, first in firsts.items()}
