import { redirect } from "@remix-run/react";
import { AskSkeleton } from "../ask/ask-skeleton.tsx";
import { homePath } from "../start/start-shown.ts";

/** Asking is what one comes for; an empty workspace takes its first steps before. */
export async function clientLoader() {
  return redirect(await homePath());
}
clientLoader.hydrate = true;

export { AskSkeleton as HydrateFallback };

/** Never shown: the loader leads on. */
export default function HomeRoute() {
  return <AskSkeleton />;
}
