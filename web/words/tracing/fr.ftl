# tracing
