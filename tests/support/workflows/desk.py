"""What several test files of workflows begin with: desk."""

from __future__ import annotations

from typing import Any


def as_sent(opened: Any) -> dict[str, str]:
    """What the form of a review sends as it was opened."""
    data = {"procedure": opened.context["procedure"].key}
    for stage in opened.context["stages"]:
        data[f"s{stage.order}-days"] = str(stage.days)
        if stage.due:
            data["due"] = stage.due.isoformat()
        for pick in stage.picks:
            data[f"s{stage.order}-p{pick.institution.pk}"] = str(pick.person or "")
            if pick.chosen:
                data[f"s{stage.order}-i{pick.institution.pk}"] = "on"
    return data
