import { useEffect } from "react";
import { session } from "../api/session.ts";
import { resumeImports, sendOnSignedIn } from "./run-imports.ts";

/** What was going on before a reload is taken up again. */
export function useResumed(): void {
  useEffect(() => {
    const controller = new AbortController();
    // Nothing is lost by a failure: what was kept stays kept, and the next visit tries again.
    resumeImports(controller.signal).catch(() => undefined);
    return () => controller.abort();
  }, []);
}

/** The browser asks before the page is left, since files that aren't sent would have to be dropped again. */
export function useLeaveWarning(isSending: boolean): void {
  useEffect(() => {
    if (!isSending) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [isSending]);
}

/** What was stopped because the session had ended goes on with the next one. */
export function useSessionBack(): void {
  useEffect(() => session.onReturn(sendOnSignedIn), []);
}
