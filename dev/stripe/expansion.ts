import type { Account } from "./account.ts";
import { ApiError } from "./api-error.ts";
import { lineItemsObject } from "./checkout-session-object.ts";
import { findCheckoutSession } from "./checkout-sessions.ts";
import { objectById } from "./object-by-id.ts";

type Node = { [key: string]: unknown };

/**
 * The answer with the ids at these paths (`customer`, `data.customer`) replaced by their objects.
 *
 * @throws ApiError when a path leads nowhere
 */
export function expandAnswer(account: Account, answer: object, paths: string[]): object {
  if (paths.length === 0) return answer;
  const copy: Node = JSON.parse(JSON.stringify(answer));
  for (const path of paths) expandAt(account, [copy], path.split("."), path);
  return copy;
}

function expandAt(account: Account, nodes: Node[], [key = "", ...rest]: string[], path: string): void {
  for (const node of nodes) {
    const expanded = expandedValue(account, node, key);
    if (expanded === undefined) {
      throw new ApiError(`This property cannot be expanded (${path}).`, {
        param: "expand",
        isValidation: true,
      });
    }
    node[key] = expanded;
    const inner = (Array.isArray(expanded) ? expanded : [expanded]).filter((value) => value !== null);
    if (rest.length > 0) expandAt(account, inner, rest, path);
  }
}

function expandedValue(account: Account, node: Node, key: string): unknown {
  const value = node[key];
  if (key === "line_items" && node.object === "checkout.session") {
    return lineItemsObject(account, findCheckoutSession(account, String(node.id)));
  }
  if (typeof value === "string") return objectById(account, value) ?? undefined;
  return typeof value === "object" ? value : undefined;
}
