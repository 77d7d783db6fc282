import { expect, test } from "vitest";
import { documentsPath, readView, sortedBy, withView } from "./view.ts";

const viewOf = (query: string) => readView(new URLSearchParams(query));

test("an address tells the view, and what it doesn't know falls back to what goes without saying", () => {
  expect(viewOf("collection=c&q=lease&state=failed&sort=size&order=asc")).toEqual({
    collectionId: "c",
    q: "lease",
    filter: "failed",
    sort: "size",
    order: "asc",
  });
  expect(viewOf("state=lost&sort=colour&order=up")).toMatchObject({
    filter: "all",
    sort: "created",
    order: "desc",
  });
  expect(viewOf("sort=name").order).toBe("asc");
});

test("only what differs from it stands in the address, and a source that is open stays", () => {
  const search = new URLSearchParams("collection=c&document=d&page=2&q=old&sort=name");
  const next = withView(search, { q: "", sort: "created", order: "desc", filter: "ready" });
  expect(next.toString()).toBe("collection=c&document=d&page=2&state=ready");
});

test("a column pressed twice turns the order round, another one begins with its own", () => {
  const view = viewOf("");
  expect(sortedBy(view, "created")).toEqual({ sort: "created", order: "asc" });
  expect(sortedBy(view, "name")).toEqual({ sort: "name", order: "asc" });
  expect(sortedBy(viewOf("sort=name"), "name")).toEqual({ sort: "name", order: "desc" });
});

test("the API is asked for the same view, page by page", () => {
  expect(documentsPath("c", viewOf("q=a%26b&state=underway&sort=pages"), "x=")).toBe(
    "/documents?collection_id=c&sort=pages&order=desc&limit=100&q=a%26b&status=underway&cursor=x%3D",
  );
});
