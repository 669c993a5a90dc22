import pytest

from ingest.drafting import processor
from ingest.drafting.processor import cores, has_bfloat16, threads


@pytest.fixture
def system(tmp_path, monkeypatch):
    """Write files of a machine with 16 cores, none of which is forbidden."""
    monkeypatch.setattr(processor, "_allowed", lambda: 16)

    def of(files):
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text)
        return tmp_path

    return of


V2, V1 = "sys/fs/cgroup", "sys/fs/cgroup/cpu"


def test_without_control_groups_all_allowed_cores_count(system):
    assert cores(system({})) == 16


@pytest.mark.parametrize(
    ("limit", "number"),
    [
        ("max 100000\n", 16),
        ("200000 100000\n", 2),
        ("250000 100000\n", 3),
        ("50000 100000\n", 1),
        ("9900000 100000\n", 16),
        ("", 16),
        ("as much as you like\n", 16),
    ],
)
def test_a_share_of_the_cores_counts_as_so_many(system, limit, number):
    files = {"proc/self/cgroup": "0::/\n", f"{V2}/cpu.max": limit}
    assert cores(system(files)) == number


def test_the_narrowest_of_the_groups_around_a_process_counts(system):
    files = {
        "proc/self/cgroup": "0::/system.slice/quotewell.service\n",
        f"{V2}/system.slice/quotewell.service/cpu.max": "800000 100000\n",
        f"{V2}/system.slice/cpu.max": "400000 100000\n",
        f"{V2}/cpu.max": "max 100000\n",
    }
    assert cores(system(files)) == 4


@pytest.mark.parametrize(
    ("quota", "number"), [("-1\n", 16), ("300000\n", 3), ("150000\n", 2), ("", 16)]
)
def test_the_older_control_groups_are_read_too(system, quota, number):
    files = {
        "proc/self/cgroup": "5:cpuset:/\n4:cpu,cpuacct:/docker/abc\n1:name=systemd:/\n",
        f"{V1}/docker/abc/cpu.cfs_quota_us": quota,
        f"{V1}/docker/abc/cpu.cfs_period_us": "100000\n",
    }
    assert cores(system(files)) == number


def test_a_container_that_sees_only_its_own_group_is_limited_by_it(system):
    files = {
        "proc/self/cgroup": "4:cpu:/docker/of-the-machine\n",
        f"{V1}/cpu.cfs_quota_us": "200000\n",
        f"{V1}/cpu.cfs_period_us": "100000\n",
    }
    assert cores(system(files)) == 2


@pytest.mark.parametrize(
    ("flags", "knows"),
    [("fpu avx512f avx512_bf16", True), ("fpu amx_bf16", True), ("fpu avx2 avx512_vnni", False)],
)
def test_a_processor_says_whether_it_knows_bfloat16(system, flags, knows):
    text = f"processor\t: 0\nflags\t\t: {flags}\n"
    assert has_bfloat16(system({"proc/cpuinfo": text})) is knows


def test_a_machine_that_does_not_say_is_taken_not_to_know_it(system):
    assert not has_bfloat16(system({}))


@pytest.mark.parametrize(("wanted", "number"), [("3", 3), ("0", 5), ("", 5), ("many", 5)])
def test_as_many_threads_compute_as_libraries_are_told(monkeypatch, wanted, number):
    monkeypatch.setenv("OMP_NUM_THREADS", wanted)
    monkeypatch.setattr(processor, "cores", lambda: 5)
    assert threads() == number
