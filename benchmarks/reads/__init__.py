"""Reads beside a tuned peer: this service and @neo4j/graphql on one Neo4j, one data set, one run.

    python -m benchmarks.reads [--quick]

The peer is graphql-yoga with graphql-jit and @neo4j/graphql (peer/). Answers are compared before anything is timed.
"""
