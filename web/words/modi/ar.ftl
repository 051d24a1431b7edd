# modi
