import { deletingCollection } from "./deleting-collection.ts";
import { testScenarios } from "./test-scenarios.ts";

testScenarios(deletingCollection);
