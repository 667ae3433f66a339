// Detects overflow by the signs, but forgets the lower end.
module saturate(input signed [7:0] a, b, output signed [7:0] sum);
  wire signed [7:0] narrow = a + b;
  wire high = !a[7] & !b[7] & narrow[7];
  assign sum = high ? 8'sd127 : narrow;
endmodule
