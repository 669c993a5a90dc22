from ui.terminal.cli import main


def test_without_a_cluster_there_is_nothing_to_export_for(tmp_path, monkeypatch, capsys):
    monkeypatch.delenv("QUOTEWELL_MILVUS", raising=False)
    assert main(["export-passages", "--index", str(tmp_path), str(tmp_path / "out")]) == 1
    assert capsys.readouterr().err.endswith("set QUOTEWELL_MILVUS to its address\n")
    assert not (tmp_path / "out").exists()


def test_a_setting_that_is_no_address_is_told_in_one_line(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("QUOTEWELL_MILVUS", "me:secret@host")
    assert main(["export-passages", "--index", str(tmp_path), str(tmp_path / "out")]) == 1
    told = capsys.readouterr().err
    assert "QUOTEWELL_MILVUS is not an address" in told
    assert "secret" not in told
