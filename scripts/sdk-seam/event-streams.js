/** Neither STS nor IAM streams; imported dynamically, this part keeps all others from being trimmed. */
export class EventStreamSerde {
  constructor() {
    throw new Error('event streams are not part of this build');
  }
}
