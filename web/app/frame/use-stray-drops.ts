import { useEffect } from "react";

/** Refuses files dropped where nothing takes them: the browser would open them in the place of the page. */
export function useStrayDrops(): void {
  useEffect(() => {
    const controller = new AbortController();
    const refuse = (event: DragEvent) => {
      const { dataTransfer, defaultPrevented } = event;
      if (defaultPrevented || !dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      dataTransfer.dropEffect = "none";
    };
    for (const type of ["dragover", "drop"] as const)
      window.addEventListener(type, refuse, { signal: controller.signal });
    return () => controller.abort();
  }, []);
}
