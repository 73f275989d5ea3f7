"""Whether campaigns reach people: short paths, code words and weekly counts without persons."""
