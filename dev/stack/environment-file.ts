import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Writes variables for `wrangler --env-file`, readable by this user alone: arguments would show in `ps`. */
export function writeEnvironmentFile(path: string, variables: Record<string, string>): void {
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${quote(value)}`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${lines.join("\n")}\n`, { mode: 0o600 });
}

/** wrangler reads with dotenv, then expands `$NAME` whatever the quotes. */
function quote(value: string): string {
  const escaped = value.replaceAll("$", "\\$");
  const mark = ["'", '"', "`"].find((candidate) => !escaped.includes(candidate)) ?? "'";
  return mark + escaped + mark;
}
