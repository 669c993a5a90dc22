from index.encoder import GRAPH
from index.weights import WEIGHTS, installed_model
from training.encoder.graph import encoder_graph


def test_the_file_in_use_is_the_one_that_is_written_today():
    model = encoder_graph(installed_model() / WEIGHTS)
    assert GRAPH.read_bytes() == model.SerializeToString(deterministic=True)
