import { pageTitle } from "../frame/page-title.ts";
import { SignInScreen } from "../session/sign-in-screen.tsx";

export const meta = pageTitle("signIn");

export default function SignInRoute() {
  return <SignInScreen form="sign-in" />;
}
