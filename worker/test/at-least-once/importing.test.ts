import { importing } from "./importing.ts";
import { testScenarios } from "./test-scenarios.ts";

testScenarios(importing);
