import { erasing } from "./erasing.ts";
import { testScenarios } from "./test-scenarios.ts";

testScenarios(erasing);
