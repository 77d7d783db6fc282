import { retrying, uploading } from "./documents.ts";
import { restoring } from "./restoring.ts";
import { testScenarios } from "./test-scenarios.ts";

testScenarios(uploading, retrying, restoring);
