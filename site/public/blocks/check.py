"""A check as an editor writes it: questions, answers, what each answer means (docs/offer-check.md)."""

from __future__ import annotations

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from public.blocks.section import Section
from public.check_rules import Answer, Fault, Problem, Question, follows, paths, problems

SAYS = {
    Fault.NO_SUCH_QUESTION: _(
        "Question %(question)s, answer %(answer)s leads to a question that does not exist."
    ),
    Fault.GOES_BACK: _("Question %(question)s, answer %(answer)s leads back. Choose a later question."),
    Fault.NEVER_ASKED: _("No answer leads to question %(question)s."),
    Fault.ONE_ANSWER: _("Question %(question)s needs at least two answers."),
    Fault.SAYS_NOTHING: _("Question %(question)s has no answer with a meaning."),
}


def say(problem: Problem) -> str:
    return str(SAYS[problem.fault]) % {"question": problem.question, "answer": problem.answer}


class AnswerBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=capfirst(_("answer")), max_length=160)
    meaning = blocks.TextBlock(
        label=capfirst(_("what it means")),
        required=False,
        help_text=_(
            "What the reader should check or do. Leave it empty if the answer is no reason to worry."
        ),
    )
    goes_to = blocks.IntegerBlock(
        label=_("Next question"),
        required=False,
        min_value=0,
        help_text=_("Its number. Leave it empty for the question that follows. Enter 0 to end the check."),
    )


class QuestionBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=capfirst(_("question")), max_length=200)
    answers = blocks.ListBlock(AnswerBlock(), label=capfirst(_("answers")), min_num=2)


def questions_of(value: Any) -> list[Question]:
    """The questions of a block, for the rules."""
    return [
        Question([Answer(answer["meaning"] or "", answer["goes_to"]) for answer in question["answers"]])
        for question in value["questions"]
    ]


class CheckBlock(Section):
    """Answered on the reader's device: without script it is a list to print."""

    questions = blocks.ListBlock(QuestionBlock(), label=capfirst(_("questions")), min_num=1)
    verify = blocks.ListBlock(
        blocks.TextBlock(label=capfirst(_("point"))),
        label=_("What everybody should check"),
        min_num=1,
        help_text=_("Shown at the end, whatever the answers."),
    )
    ask = blocks.TextBlock(label=_("Whom to ask"), help_text=_("The numbers to call follow this text."))

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        found = problems(questions_of(cleaned))
        if found:
            raise blocks.StructBlockValidationError(non_block_errors=[say(problem) for problem in found])
        return cleaned

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Each question with its answers and the number of the question that each leads to."""
        rules = questions_of(value)
        asked = [
            {
                "number": number,
                "text": question["text"],
                "answers": [
                    {
                        "text": answer["text"],
                        "meaning": answer["meaning"],
                        "next": follows(rules, number, rule),
                    }
                    for answer, rule in zip(question["answers"], rules[number - 1].answers, strict=True)
                ],
            }
            for number, question in enumerate(value["questions"], 1)
        ]
        context = super().get_context(value, parent_context=parent_context) | {"asked": asked}
        if getattr((parent_context or {}).get("request"), "is_preview", False):
            context["ways"] = _ways(rules)
        return context

    class Meta:
        icon = "help"
        label = _("Questions to check an offer")
        template = "public/blocks/check.html"


def _ways(rules: list[Question]) -> str:
    """For the preview of an editor: how many ways lead through the questions, and how long the longest is."""
    if problems(rules):
        return gettext("Some answers lead nowhere yet. Save to see which.")
    ways = list(paths(rules))
    return ngettext(
        "%(n)s way through these questions; the longest has %(longest)s questions.",
        "%(n)s ways through these questions; the longest has %(longest)s questions.",
        len(ways),
    ) % {"n": len(ways), "longest": max(map(len, ways))}
