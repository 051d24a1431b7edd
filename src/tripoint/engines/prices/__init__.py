"""What people were asked to pay, in US dollars: rates with their days, money that lost noughts, prices summed up."""
