"""`generate`: fact files in a folder of their own, that `check` passes."""

from pathlib import Path

from tests.commands.test_cli import one_line
from tests.service import command


def test_generated_files_pass_the_check(tmp_path: Path) -> None:
    made = command("generate", "facts", "--components", "50", "--seed", "7", directory=tmp_path)
    assert (made.returncode, made.stderr) == (0, "")
    assert "components.csv\t50" in made.stdout.splitlines()
    checked = command("check", "facts", directory=tmp_path)
    assert checked.returncode == 0
    assert "0 broken rules" in checked.stderr


def test_a_folder_that_holds_something_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts" / "mine.txt").write_text("mine")
    result = command("generate", "facts", "--components", "50", directory=tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert "facts: must be empty" in one_line(result.stderr)
    assert [path.name for path in (tmp_path / "facts").iterdir()] == ["mine.txt"]


def test_a_file_in_the_place_of_the_folder_is_one_line_and_status_2(tmp_path: Path) -> None:
    (tmp_path / "facts").write_text("a file")
    result = command("generate", "facts", "--components", "50", directory=tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert "facts: cannot be written" in one_line(result.stderr)


def test_too_few_components_are_refused_and_no_file_is_written(tmp_path: Path) -> None:
    result = command("generate", "facts", "--components", "3", directory=tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert "must be 10 to 1,000,000, got 3" in one_line(result.stderr)
    assert command("generate", "facts", "--components", "10", directory=tmp_path).returncode == 0
