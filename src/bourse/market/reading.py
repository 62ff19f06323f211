"""What the confined child does with a file. Imports no framework: the child starts anew with each file."""

from bourse.dialects import Reading, read_file

Answers = dict[str, str]


def read_with_memory(content: bytes, file_name: str, memory: dict[str, Answers]) -> tuple[Reading, Answers]:
    """The file read with what the company answered for its layout before, and those answers."""
    reading = read_file(content, file_name, {})
    answers = memory.get(reading.layout, {})
    if reading.questions and answers:
        reading = read_file(content, file_name, answers)
    return reading, answers


def read_with_answers(content: bytes, file_name: str, answers: Answers) -> Reading:
    """The file read with these answers."""
    return read_file(content, file_name, answers)
