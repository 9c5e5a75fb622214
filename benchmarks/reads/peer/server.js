// The peer of the benchmark: graphql-yoga, graphql-jit and @neo4j/graphql over the Neo4j that the environment names.
// One process on loopback; prints its address when it listens, and ends when standard input closes.
import { createServer } from 'node:http';
import { useGraphQlJit } from '@envelop/graphql-jit';
import { Neo4jGraphQL } from '@neo4j/graphql';
import { createYoga } from 'graphql-yoga';
import neo4j from 'neo4j-driver';
import { typeDefs } from './type-definitions.js';

const { NEO4J_URI, NEO4J_USERNAME, NEO4J_PASSWORD, NEO4J_DATABASE } = process.env;

const driver = neo4j.driver(NEO4J_URI, neo4j.auth.basic(NEO4J_USERNAME, NEO4J_PASSWORD), {
  disableLosslessIntegers: true, // plain numbers, no Integer objects
  telemetryDisabled: true,
  fetchSize: -1, // a result comes in one message, however long
  maxConnectionPoolSize: 100,
});
const schema = await new Neo4jGraphQL({ typeDefs, driver }).getSchema();
const context = {
  sessionConfig: { database: NEO4J_DATABASE },
  cypherQueryOptions: { addVersionPrefix: false },
};

// Documents are parsed, validated and compiled once per text: Yoga keeps the first two, the plugin the third.
const yoga = createYoga({
  schema,
  context,
  plugins: [useGraphQlJit({ disableLeafSerialization: true, disablingCapturingStackErrors: true })],
  graphiql: false,
  landingPage: false,
  logging: false,
  cors: false,
  multipart: false,
  maskedErrors: false,
});

const server = createServer({ keepAliveTimeout: 600_000 }, yoga);
server.listen(0, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${server.address().port}/graphql\n`));
process.stdin.on('end', () => process.exit(0)).resume();
