"""Made-up collections in which texts are copies, versions, parts and holders of each other."""

from __future__ import annotations

import random

from compare.model import Document

SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "el", "in", "or", "u", "ay")]


def made(draw: random.Random, words: int) -> list[str]:
    return ["".join(draw.choices(SYLLABLES, k=draw.choice([1, 2, 2, 3]))) for _ in range(words)]


def edited(draw: random.Random, words: list[str], changes: int) -> list[str]:
    words = list(words)
    for place in draw.sample(range(len(words)), min(changes, len(words))):
        words[place] = f"x{draw.randrange(10**6)}"
    return words


def star(draw: random.Random, count: int) -> list[list[str]]:
    base = made(draw, draw.randrange(60, 200))
    return [edited(draw, base, draw.randrange(4)) for _ in range(count)]


def chain(draw: random.Random, count: int) -> list[list[str]]:
    step = draw.randrange(1, 12)
    base = made(draw, 100 + step * count)
    return [base[step * number : step * number + 100] for number in range(count)]


def versions(draw: random.Random, count: int) -> list[list[str]]:
    texts = [made(draw, 120)]
    for _ in range(count - 1):
        texts.append(edited(draw, texts[-1], draw.randrange(1, 9)))
    return texts


def parts(draw: random.Random, count: int) -> list[list[str]]:
    base = made(draw, 300)
    texts = [base]
    for _ in range(count - 1):
        start = draw.randrange(250)
        texts.append(base[start : start + draw.randrange(30, 200)])
    return texts


def holders(draw: random.Random, count: int) -> list[list[str]]:
    """Copies of a text, and longer texts that hold it."""
    base = made(draw, 90)
    return [edited(draw, base, 2) if draw.random() < 0.7 else made(draw, 200) + base for _ in range(count)]


def twins(draw: random.Random, count: int) -> list[list[str]]:
    base = made(draw, 80)
    return [[word.upper() if draw.random() < 0.5 else word for word in base] for _ in range(count)]


def notices(draw: random.Random, count: int) -> list[list[str]]:
    """Texts with a paragraph in common, some of little else."""
    notice = made(draw, 50)
    texts = [notice + made(draw, draw.choice([5, 20, 90])) for _ in range(count)]
    return [edited(draw, text, 2) for text in texts for _ in range(draw.choice([1, 1, 2]))]


SHAPES = (star, chain, versions, parts, holders, twins, notices)


def corpus(seed: int, sizes: tuple[int, int]) -> list[Document]:
    draw = random.Random(seed)
    shapes = draw.sample(SHAPES, draw.randrange(1, 5))
    texts = [text for shape in shapes for text in shape(draw, draw.randrange(*sizes))]
    draw.shuffle(texts)
    dated = [draw.choice(["", "2024-05-01", "2024-05-02"]) for _ in texts]
    rows = enumerate(zip(texts, dated, strict=True))
    return [Document(f"d{number:05}", " ".join(text), published=date) for number, (text, date) in rows]
