"""Words that differ are found, and no word is lost on the way."""

from samhandling.web.word_diff import Piece, compare


def joined(pieces: list[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def differing(pieces: list[Piece]) -> list[str]:
    return [piece.text for piece in pieces if piece.differs]


def test_only_the_words_that_differ_are_marked() -> None:
    first, second = compare("Nätverket är ett forum för alla.", "Nätverket är ett bra forum.")
    assert differing(first) == [" för alla"]
    assert differing(second) == ["bra "]


def test_paragraphs_that_are_alike_are_left_alone() -> None:
    first, second = compare("Ett\nTvå\nTre", "Ett\nTvå nya\nTre")
    assert differing(first) == []
    assert differing(second) == [" nya"]


def test_the_pieces_are_the_texts() -> None:
    texts = ("Åäö 😀\r\n\r\nrad två", "rad två\n  indragen ')\"<b>")
    first, second = compare(*texts)
    assert (joined(first), joined(second)) == texts


def test_long_texts_without_a_common_line_are_marked_whole() -> None:
    texts = "ett två " * 5_000, "två ett " * 5_000
    assert compare(*texts) == ([Piece(texts[0], True)], [Piece(texts[1], True)])


def test_an_empty_text_has_no_pieces() -> None:
    assert compare("", "nytt") == ([], [Piece("nytt", True)])
