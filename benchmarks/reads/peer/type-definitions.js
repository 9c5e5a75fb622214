// The part of the project's graph model that the workloads read, as @neo4j/graphql states a model. Nothing writes.
const READ_ONLY = '@mutation(operations: []) @subscription(events: [])';

export const typeDefs = `#graphql
  type Nation @node ${READ_ONLY} {
    id: ID!
    name: String!
    iso2: String!
    iso3: String!
    region: String
    gdprTransfer: String!
    companies: [Company!]! @relationship(type: "HEADQUARTERED_IN", direction: IN)
  }

  type Company @node ${READ_ONLY} {
    id: ID!
    name: String!
    kind: String
    lei: String
    headquarters: [Nation!]! @relationship(type: "HEADQUARTERED_IN", direction: OUT)
    offers: [Offer!]! @relationship(type: "OFFERS", direction: OUT)
  }

  type Component @node ${READ_ONLY} {
    id: ID!
    name: String!
    category: String!
    inputKind: String!
    needsExternalService: Boolean
    offers: [Offer!]! @relationship(type: "OF", direction: IN)
  }

  type Offer @node ${READ_ONLY} {
    id: ID!
    confidence: Int!
    sharePct: Float
    shareBasis: String
    shareYear: Int
    leadTimeWeeks: Float
    timeToRecoverWeeks: Float
    inventoryWeeks: Float
    capacityUnit: String
    currency: String
    company: [Company!]! @relationship(type: "OFFERS", direction: IN)
    component: [Component!]! @relationship(type: "OF", direction: OUT)
    nation: [Nation!]! @relationship(type: "MADE_IN", direction: OUT)
  }
`;
