import { deleting } from "./documents.ts";
import { testScenarios } from "./test-scenarios.ts";

testScenarios(deleting);
