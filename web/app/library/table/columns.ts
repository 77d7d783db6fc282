import { type RefObject, useLayoutEffect, useState } from "react";

/** Columns that a narrow table has no room for; the container is the library's own section. */
export const WIDE_ONLY = "@max-4xl:hidden";

/** Pixels from which all columns are drawn: `4xl` of the class above. */
const WIDE_PX = 896;
const ALL_COLUMNS = 9;
const NARROW_COLUMNS = 4;

/** How many columns are drawn in a table as wide as its section: a cell over more would make room for them. */
export function useColumnCount(section: RefObject<HTMLElement>): number {
  const [count, setCount] = useState(ALL_COLUMNS);
  useLayoutEffect(() => {
    const node = section.current;
    if (!node) return;
    const observer = new ResizeObserver(() =>
      setCount(node.offsetWidth >= WIDE_PX ? ALL_COLUMNS : NARROW_COLUMNS),
    );
    observer.observe(node);
    return () => observer.disconnect();
  }, [section]);
  return count;
}
