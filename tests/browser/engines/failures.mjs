// A reporter for node's test runner: a line of JSON for each test that failed.

export default async function* failures(events) {
  for await (const { type, data } of events) {
    // A test around one that failed only says so.
    if (type === 'test:fail' && data.details.error.failureType !== 'subtestsFailed') {
      yield `${JSON.stringify({ name: data.name, why: String(data.details.error.cause?.message ?? data.details.error.message) })}\n`;
    }
  }
}
