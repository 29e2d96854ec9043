"""What people export is opened in LibreOffice, which would run a formula if there were one."""

import csv
import subprocess
from pathlib import Path
from typing import Any

import openpyxl

from samhandling.web.spreadsheets import csv_lines, write_xlsx

STARTS = ["=", "+", "-", "@", "\t=", "\r=", "\0=", " =", "\n=", "＝"]
TEXTS = [f"{start}1+1" for start in STARTS] + [
    f'{start}HYPERLINK("https://example.org","x")' for start in STARTS
]
HEAD = ["Insats", "Område"]
# Semicolons, quotes, UTF-8, from the first line, and formulas are run if there are any.
READ_CSV = "CSV:59,34,76,1,,0,false,true,false,false,false,-1,true"


def opened(path: Path, *options: str) -> Any:
    """The sheet as LibreOffice has it once it has opened the file."""
    out = path.parent / "opened"
    profile = (path.parent / "profile").as_uri()
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile}", "--headless"]  # noqa: RUF005
        + [*options, "--convert-to", "xlsx", "--outdir", str(out), str(path)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return openpyxl.load_workbook(out / f"{path.stem}.xlsx").worksheets[0]


def kinds(sheet: Any) -> set[str]:
    """The data types of the cells that hold something: s is text, f a formula, n a number."""
    return {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None}


def rows() -> list[list[str]]:
    return [[text, text] for text in TEXTS]


def test_an_exported_workbook_has_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "insatser.xlsx"
    with path.open("wb") as file:
        write_xlsx(file, "Insatser", HEAD, rows())
    sheet = opened(path)
    assert kinds(sheet) == {"s"}
    assert sheet.max_row == len(TEXTS) + 1
    assert sheet["A2"].value == "=1+1"


def test_an_exported_csv_has_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "insatser.csv"
    path.write_bytes(b"".join(csv_lines(HEAD, rows())))
    sheet = opened(path, f"--infilter={READ_CSV}")
    assert kinds(sheet) == {"s"}
    assert sheet.max_row == len(TEXTS) + 1
    assert sheet["A2"].value == "'=1+1"


def test_a_csv_that_is_not_made_safe_would_run(tmp_path: Path) -> None:
    path = tmp_path / "raw.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([HEAD, ["=1+1", "text"]])
    assert opened(path, f"--infilter={READ_CSV}")["A2"].data_type == "f"
