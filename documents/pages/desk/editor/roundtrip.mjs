// For the tests: reads bodies from standard input, one JSON a line, and writes each as the editor would save it untouched.
import { createInterface } from "node:readline"
import { forgetChangedXml, toBody, toDoc } from "./body.js"

for await (const line of createInterface({ input: process.stdin })) {
  if (!line) continue
  const body = JSON.parse(line)
  let answer
  try {
    answer = forgetChangedXml(toBody(toDoc(body)), body)
  } catch (error) {
    answer = { error: String(error) }
  }
  process.stdout.write(JSON.stringify(answer) + "\n")
}
