"""A county for learning: truths planted by a seed, exercises that ask for them, and their marks."""

from ineqlib.demo.training.build import make_training_pack
from ineqlib.demo.training.marking import Marked, Question, mark, question, total
from ineqlib.demo.training.sheet import answer_sheet

__all__ = ["Marked", "Question", "answer_sheet", "make_training_pack", "mark", "question", "total"]
