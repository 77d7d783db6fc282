import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { curlLine } from "./curl-line.ts";

/** The arguments that a shell makes of a command. */
function argumentsOf(command: string): string[] {
  const print = `curl() { printf '%s\\0' "$@"; }\n${command}`;
  return execFileSync("sh", ["-c", print], { encoding: "utf8" }).split("\0").slice(0, -1);
}

test("a shell gets the address, the key and the question to the letter, quotes and dollars too", () => {
  const body = { message: "What’s in `$HOME`, \"l'annexe\" \\ l''avenant?" };
  const line = curlLine({ origin: "https://ancre.test", key: "anc_1_a", path: "/chat/1", body });
  expect(argumentsOf(line)).toEqual([
    "https://ancre.test/api/v1/chat/1",
    "-H",
    "Authorization: Bearer anc_1_a",
    "-H",
    "Content-Type: application/json",
    "-d",
    JSON.stringify(body),
  ]);
});
