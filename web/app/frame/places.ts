import { Bot, Gauge, LibraryBig, type LucideIcon, MessageCircleQuestion, Settings } from "lucide-react";

type Name = "ask" | "library" | "assistants" | "usage" | "settings";

/** The pages that one moves between. */
export const PLACES: { to: string; name: Name; icon: LucideIcon }[] = [
  { to: "/ask", name: "ask", icon: MessageCircleQuestion },
  { to: "/library", name: "library", icon: LibraryBig },
  { to: "/assistants", name: "assistants", icon: Bot },
  { to: "/plan", name: "usage", icon: Gauge },
  { to: "/settings", name: "settings", icon: Settings },
];
