"""Trust: which rules of honest counting are in force, who acts together against expectation, and what people ruled."""
