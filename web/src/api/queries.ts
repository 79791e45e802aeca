// What was read from the server, kept while it is fresh. Emptied when somebody else may sit at the screen.
import { QueryClient } from '@tanstack/vue-query'
import { ApiProblem } from './client'

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // The server answers unchanged reads with 304, so asking again is cheap and what is shown stays true.
      staleTime: 5_000,
      retry: (count, fault) => count < 1 && fault instanceof ApiProblem && fault.code === 'busy',
      refetchOnWindowFocus: true,
    },
  },
})
