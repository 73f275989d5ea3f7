"""Has LibreOffice Writer accept and refuse the tracked changes of many documents, one after the other. Runs
in the system's Python, and imports nothing of ours but what lies beside it: `python3 writer_resolve.py PIPE
JOBS.json`.

JOBS.json: [{"source": URL, "accepted": URL, "rejected": URL} …]; a target that is null is left out. Each is
written as text, numbering and notes included. One line of standard output for each job: "done", or what went
wrong.
"""

from __future__ import annotations

import json
import sys

from writer_edits import connect, prop  # type: ignore[import-not-found]

FILTER = (("FilterName", "Text (encoded)"), ("FilterOptions", "UTF8"))


def resolve(context, source, command, target):
    make = context.ServiceManager.createInstanceWithContext
    desktop = make("com.sun.star.frame.Desktop", context)
    document = desktop.loadComponentFromURL(source, "_blank", 0, (prop("Hidden", True),))
    if document is None:
        raise LookupError("not opened")
    try:
        frame = document.CurrentController.Frame
        helper = make("com.sun.star.frame.DispatchHelper", context)
        helper.executeDispatch(frame, f".uno:{command}AllTrackedChanges", "", 0, ())
        document.storeToURL(target, tuple(prop(name, value) for name, value in FILTER))
    finally:
        document.close(False)


def main(pipe, path):
    with open(path, encoding="utf-8") as file:
        jobs = json.load(file)
    context = connect(pipe)
    for job in jobs:
        try:
            for verb, command in (("accepted", "Accept"), ("rejected", "Reject")):
                if job[verb]:
                    resolve(context, job["source"], command, job[verb])
        except Exception as problem:
            print(f"{problem!r}".replace("\n", " "), flush=True)
            # Not this file alone where it has crashed: whoever called starts it anew.
            _ = context.ServiceManager.AvailableServiceNames
        else:
            print("done", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
