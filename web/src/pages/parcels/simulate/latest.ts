// Questions that follow a moving hand: one is under way at a time, the newest waits for it, those between are never sent.
export interface Latest<Question> { ask(question: Question): void; stop(): void }

export function latest<Question, Answer>(send: (question: Question, signal: AbortSignal) => Promise<Answer>, took: (answer: Answer, question: Question) => void, failed: (fault: unknown) => void): Latest<Question> {
  let waiting: { question: Question } | undefined
  let running = false
  let control = new AbortController()
  async function run(): Promise<void> {
    running = true
    while (waiting) {
      const { question } = waiting
      const { signal } = control
      waiting = undefined
      try {
        const answer = await send(question, signal)
        if (!signal.aborted) took(answer, question)
      } catch (fault) {
        if (!signal.aborted) failed(fault)
      }
    }
    running = false
  }
  return {
    ask(question) {
      waiting = { question }
      if (!running) void run()
    },
    stop() {
      waiting = undefined
      control.abort()
      control = new AbortController()
    },
  }
}
