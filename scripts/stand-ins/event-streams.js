/**
 * Replaces `@smithy/core/event-streams` in the bundle: STS and IAM stream nothing, and imported
 * dynamically, as it is, that part would bring all it knows with it.
 */
export class EventStreamSerde {
  constructor() {
    throw new Error('event streams are not part of this build');
  }
}
