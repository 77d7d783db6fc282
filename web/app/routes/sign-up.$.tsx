import { pageTitle } from "../frame/page-title.ts";
import { SignInScreen } from "../session/sign-in-screen.tsx";

export const meta = pageTitle("signUp");

export default function SignUpRoute() {
  return <SignInScreen form="sign-up" />;
}
