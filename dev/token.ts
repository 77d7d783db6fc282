import { join } from "node:path";
import { parseArgs } from "node:util";
import { loadClerkKeys } from "./clerk/key-pair.ts";
import { signSessionToken } from "./clerk/session-token.ts";
import { readLocalConfig } from "./local-config.ts";
import { say, warn } from "./terminal.ts";

const ROLES = ["owner", "admin", "member"];

const { dataDir, ports } = readLocalConfig();

const HELP = `Prints a session token for the local stack, as Clerk would have signed it.

  npm run -s token -- --user alice --org acme --role admin

  --user NAME       who; user_NAME unless it starts so
  --org NAME        the active organisation; org_NAME unless it starts so. Without it: a personal session
  --role ROLE       ${ROLES.join(", ")} of that organisation; by default member
  --minutes NUMBER  how long it is valid; by default 60
  --party URL       the origin that asked for it; by default the dashboard's, http://127.0.0.1:${ports.web}
  --help

  curl -H "Authorization: Bearer $(npm run -s token -- --user alice --org acme)" \\
    http://127.0.0.1:${ports.api}/api/v1/collections`;

async function createToken(args: string[]): Promise<string> {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    args,
    options: { user: text, org: text, role: text, minutes: text, party: text, help: { type: "boolean" } },
  });
  if (values.help) return HELP;
  const { user, org, role = "member", minutes = "60", party = `http://127.0.0.1:${ports.web}` } = values;
  if (!user) throw new Error("--user is missing. `npm run -s token -- --help` shows an example.");
  if (values.role && !org) throw new Error("--role is a role in an organisation: --org is missing.");
  if (!ROLES.includes(role)) throw new Error(`--role is one of ${ROLES.join(", ")}, not "${role}".`);
  if (!(Number(minutes) > 0)) throw new Error(`--minutes must be a number above 0, not "${minutes}".`);
  return signSessionToken(await loadClerkKeys(join(dataDir, "clerk")), {
    userId: prefixed("user_", user),
    ...(org
      ? { org: { id: prefixed("org_", org), slug: org.replace(/^org_/, ""), role: `org:${role}` } }
      : {}),
    azp: party,
    expiresInSeconds: Math.ceil(Number(minutes) * 60),
  });
}

function prefixed(prefix: string, name: string): string {
  return name.startsWith(prefix) ? name : prefix + name;
}

try {
  say(await createToken(process.argv.slice(2)));
} catch (error) {
  warn(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
