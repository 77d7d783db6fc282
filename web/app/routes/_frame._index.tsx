import { redirect } from "@remix-run/cloudflare";

/** Asking is what one comes for. */
export function loader() {
  return redirect("/ask");
}
