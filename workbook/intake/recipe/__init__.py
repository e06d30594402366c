"""What [intake.<table>] does to a client's file before its cells are typed."""
