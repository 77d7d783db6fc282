import { Gauge, LibraryBig, type LucideIcon, MessageCircleQuestion } from "lucide-react";

/** The pages that one moves between. */
export const PLACES: { to: string; name: "ask" | "library" | "usage"; icon: LucideIcon }[] = [
  { to: "/ask", name: "ask", icon: MessageCircleQuestion },
  { to: "/library", name: "library", icon: LibraryBig },
  { to: "/plan", name: "usage", icon: Gauge },
];
