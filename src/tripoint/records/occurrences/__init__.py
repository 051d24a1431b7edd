"""What parties report from an operation: detections, victims, arrests, seizures and more, each with line and body."""
